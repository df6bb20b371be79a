import { PATHS } from './paths';

export const Foot = () => <a href={PATHS.REPAIRS}>Repairs</a>;
