import { open } from './app';

open();
