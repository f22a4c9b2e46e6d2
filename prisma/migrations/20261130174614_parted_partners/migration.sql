-- AlterTable
ALTER TABLE "Partner" ADD COLUMN     "partedAt" TIMESTAMPTZ(3),
ADD COLUMN     "toldAt" TIMESTAMPTZ(3);
