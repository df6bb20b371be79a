import { ticket } from './ticket';

serve(ticket);
