export const Soap = () => <b>Soap</b>;
