export const SoapList = () => <u>Soap</u>;
