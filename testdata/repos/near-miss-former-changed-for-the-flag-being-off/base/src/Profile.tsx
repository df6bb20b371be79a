import { save } from './api';

export const Profile = ({ me }: { me: { name: string; phone: string } }) => {
  return (
    <main>
      <Form
        initial={{ name: me.name, phone: me.phone }}
        onSubmit={async ({ name, phone }) => {
          const found = await save({ name, phone });
          if (found.name !== me.name) {
            toast('confirm', found.name);
          }
        }}
      />
    </main>
  );
};
