import { useApp } from './app';
import { ToggleNavn } from './toggles';

export const Side = () => {
    const { toggles } = useApp();
    return <div><Old /></div>;
};
