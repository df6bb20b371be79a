import { register } from './generated/routes';
register(express());
