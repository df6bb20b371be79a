import Form from './Inner';
export const Page13 = () => <Form />;
