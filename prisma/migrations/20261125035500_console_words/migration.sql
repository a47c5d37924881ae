-- Facebook's elements are kept inside "element", Zalo's as they came.
DROP INDEX "inbound_event_words";
CREATE FUNCTION "heard_words"(jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
  SELECT coalesce($1 #>> ''{element,message,text}'', $1 #>> ''{message,text}'')';
CREATE INDEX "inbound_event_words" ON "inbound_event"
  USING gin (to_tsvector('simple'::regconfig, "bare"("heard_words"("raw")))) WHERE "kind" = 'message';
