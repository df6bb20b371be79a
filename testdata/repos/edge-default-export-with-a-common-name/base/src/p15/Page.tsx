import Form from './Inner';
export const Page15 = () => <Form />;
