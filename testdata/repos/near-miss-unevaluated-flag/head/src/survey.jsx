import { userData } from './user';

// The waffle flag that shows the survey.
const SURVEY_FLAG = 'sg_survey';

export function Survey() {
  const isAsked = !!userData.waffle.flags[SURVEY_FLAG] && !localStorage.answered;
  return isAsked ? <aside>How did it go?</aside> : null;
}
