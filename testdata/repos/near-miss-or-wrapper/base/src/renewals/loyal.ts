import { unleash } from '../unleash';

export const isLoyal = (member: Member) => member.active || unleash.isEnabled('loyalty', { userId: member.id });
