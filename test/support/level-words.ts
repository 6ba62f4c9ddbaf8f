/** Words that would turn facts into a level of danger (NICE NG225, gate G11). */
export const LEVEL_WORDS =
  /\b(risk (level|score|rating|band)|(high|medium|moderate|low)[ -]risk|risk (is|of person)|score|severity|triage categor|stratif|recommended route|ranking)/i;
