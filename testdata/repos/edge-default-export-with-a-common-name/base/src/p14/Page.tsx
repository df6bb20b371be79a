import Form from './Inner';
export const Page14 = () => <Form />;
