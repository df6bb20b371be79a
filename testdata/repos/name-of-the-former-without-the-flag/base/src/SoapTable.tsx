export const SoapTable = () => <b>Soap</b>;
