-- Whether an organisation is made up to show the product: nothing of it leaves the house. A projection of the log.
ALTER TABLE organisation ADD COLUMN demonstration boolean NOT NULL DEFAULT false;
