-- AlterTable
ALTER TABLE "incoming_message" ADD COLUMN     "hand_over_id" INTEGER;

-- AlterTable
ALTER TABLE "outgoing_message" ADD COLUMN     "hand_over_id" INTEGER;

-- CreateIndex
CREATE INDEX "incoming_message_hand_over_id_idx" ON "incoming_message"("hand_over_id");

-- CreateIndex
CREATE INDEX "outgoing_message_hand_over_id_idx" ON "outgoing_message"("hand_over_id");

-- AddForeignKey
ALTER TABLE "incoming_message" ADD CONSTRAINT "incoming_message_hand_over_id_fkey" FOREIGN KEY ("hand_over_id") REFERENCES "hand_over"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outgoing_message" ADD CONSTRAINT "outgoing_message_hand_over_id_fkey" FOREIGN KEY ("hand_over_id") REFERENCES "hand_over"("id") ON DELETE CASCADE ON UPDATE CASCADE;
