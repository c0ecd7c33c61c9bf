"""The report's rows of companies, from the figures of a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from commentlens.knowledge.names import fold
from commentlens.summary_records import CompanyCity, CompanyRow, ListRef
from commentlens.summary_tables import MENTIONED_UNDER, CompanyFigures, Table


def company_rows(of: ListRef, table: Table, *, under_entries: bool) -> list[CompanyRow]:
    """Companies of one list, most comments first; with those that are only named under an entry, or without."""

    def cities(company: CompanyFigures) -> tuple[CompanyCity, ...]:
        rows = [
            CompanyCity(city=city, relation=relation, comments=comments)
            for (city, relation), comments in company.cities.items()
            if under_entries or relation != MENTIONED_UNDER
        ]
        return tuple(sorted(rows, key=lambda row: (-row.comments, row.city, row.relation)))

    rows = [
        CompanyRow(
            list=of.title,
            list_id=of.id,
            company=company.company,
            mentions=company.mentions,
            comments=company.comments,
            cities=cities(company),
        )
        for company in table.companies.values()
    ]
    return sorted(rows, key=lambda row: (-row.comments, -row.mentions, row.company))


def companies_by_city(companies: Sequence[CompanyRow]) -> dict[str, list[str]]:
    """Names of the companies of each folded city, most comments first."""
    at: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for company in companies:
        for city in company.cities:
            at[fold(city.city)][company.company] += city.comments
    return {name: [company for company, _ in found.most_common()] for name, found in at.items()}
