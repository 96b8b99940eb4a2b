"""Songs, replies and offers"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listener_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("listener_id", "client_id", name=op.f("uq_replies_listener_id_client_id")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "songs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.String(length=191), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("artist", sa.String(length=255), nullable=False),
        sa.Column("album", sa.String(length=255), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("mood", sa.String(length=16), nullable=False),
        sa.Column("happy", sa.Float(), nullable=False),
        sa.Column("sad", sa.Float(), nullable=False),
        sa.Column("energetic", sa.Float(), nullable=False),
        sa.Column("calm", sa.Float(), nullable=False),
        sa.Column("labelled_by", sa.String(length=32), nullable=False),
        sa.Column("spotify_id", sa.String(length=32), nullable=True),
        sa.Column("image_url", sa.String(length=500), nullable=True),
        sa.Column("preview_url", sa.String(length=500), nullable=True),
        sa.Column("pick_key", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_songs")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_songs_source_source_id")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("songs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_songs_mood_language_pick_key"), ["mood", "language", "pick_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_songs_mood_pick_key"), ["mood", "pick_key"], unique=False)

    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("listener_id", sa.String(length=32), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=op.f("fk_offers_reply_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["song_id"], ["songs.id"], name=op.f("fk_offers_song_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_listener_id_id"), ["listener_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_reply_id"), ["reply_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_song_id"), ["song_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_song_id"))
        batch_op.drop_index(batch_op.f("ix_offers_reply_id"))
        batch_op.drop_index(batch_op.f("ix_offers_listener_id_id"))

    op.drop_table("offers")
    with op.batch_alter_table("songs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_songs_mood_pick_key"))
        batch_op.drop_index(batch_op.f("ix_songs_mood_language_pick_key"))

    op.drop_table("songs")
    op.drop_table("replies")
