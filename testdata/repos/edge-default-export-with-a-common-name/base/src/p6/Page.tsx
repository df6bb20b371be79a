import Form from './Inner';
export const Page6 = () => <Form />;
