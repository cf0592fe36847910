-- CreateTable
CREATE TABLE "channel_pace" (
    "channel" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "channel_pace_pkey" PRIMARY KEY ("channel")
);
