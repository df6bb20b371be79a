import Form from './Inner';
export const Page7 = () => <Form />;
