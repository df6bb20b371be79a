"""Alembic."""
import sqlalchemy as sa
from alembic import op

revision = "1a"


def upgrade():
    op.add_column("orders", sa.Column("note", sa.Text(), nullable=True))  #~ area schema:high


def upgrade_required():
    op.add_column("orders", sa.Column("region", sa.Text(), nullable=False))  #~ area schema:critical


def upgrade_dropping():
    op.drop_column("orders", "legacy")  #~ area schema:critical


def upgrade_renaming():
    op.alter_column("orders", "name", new_column_name="title")  #~ area schema:critical


def upgrade_rows():
    op.execute("UPDATE orders SET note = ''")  #~ area schema:critical


def downgrade():
    op.drop_column("orders", "note")
