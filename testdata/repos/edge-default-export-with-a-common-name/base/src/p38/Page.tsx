import Form from './Inner';
export const Page38 = () => <Form />;
