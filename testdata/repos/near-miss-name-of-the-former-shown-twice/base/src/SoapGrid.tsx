export const SoapGrid = () => <i>Soap</i>;
