import Form from './Inner';
export const Page37 = () => <Form />;
