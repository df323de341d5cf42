from .engine import Connection, CursorResult, Engine, Result, create_engine
