"""commentlens: what people say about cities under ranked lists."""

__version__ = "0.1.0"
