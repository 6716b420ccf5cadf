-- What a tool says of the end of an incident, and of pushes that take every approval back.

-- Whether an incident is over, as the reader of its file knows from the words of its tool: 0 it goes on, 1 it is over. NULL where
-- the reader does not know, and for incidents of earlier imports: then the common words for a state decide.
ALTER TABLE incident ADD COLUMN ended INTEGER;

-- Azure DevOps alone tells of pushes that reset all votes; they stood among what people took back themselves, by nobody.
UPDATE review SET verdict = 5
WHERE verdict = 4
    AND reviewer IN (SELECT id FROM person WHERE kind = 2)
    AND change IN (SELECT key FROM change WHERE source = 'azure-repos');
