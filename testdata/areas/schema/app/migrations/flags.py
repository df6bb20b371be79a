# The row of a switch is not stored data; other rows are.
from alembic import op


def upgrade():
    op.execute("DELETE FROM feature_flags WHERE id = 'orders'")


def insert():
    op.execute("INSERT INTO admin_flags (id) VALUES ('orders')")


def clean():
    op.execute("DELETE FROM orders WHERE paid")  #~ area schema:critical


def index():
    op.execute("DROP INDEX IF EXISTS orders_by_date")  #~ area schema:high
