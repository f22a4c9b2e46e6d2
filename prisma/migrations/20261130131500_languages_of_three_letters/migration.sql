-- Languages that ISO 639-1 has no code for have three letters (BCP 47). What is stored stays as it is, `tl` as well.
--
-- The release before shows such a language by Intl's name, and its form leaves it out: who saves that form while both run
-- takes the language away, as any other that the form doesn't name.
ALTER TABLE "UserLanguage"
  DROP CONSTRAINT "UserLanguage_code_shape",
  ADD CONSTRAINT "UserLanguage_code_shape" CHECK ("code" ~ '^[a-z]{2,3}$');
