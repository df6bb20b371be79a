import { useApp } from './app';
import { ToggleNavn } from './toggles';

export const Side = () => {
    const { toggles } = useApp();
    return <div><Old />{toggles[ToggleNavn.visOpphør] && <Ny />}{toggles[ToggleNavn.visAvslag] && <Ny />}</div>;
};
