import { save } from './api';
import { useFlag } from '@unleash/proxy-client-react';

export const Profile = ({ me }: { me: { name: string; phone: string } }) => {
  const isRanged = useFlag('price-range');
  return (
    <main>
      {isRanged ? (
        <Form
          initial={{ name: me.name, phone: me.phone, range: '' }}
          onSubmit={async ({ name, phone, range }) => {
            const found = await save({ name, phone, range });
            if (found.name !== me.name) {
              toast('confirm', found.name);
            }
          }}
        />
      ) : (
        <Form
          initial={{ name: me.name, phone: me.phone }}
          onSubmit={async ({ name, phone }) => {
            const found = await save({ name, phone });
            if (found.name !== me.name) {
              toast('sorry', found.name);
            }
          }}
        />
      )}
    </main>
  );
};
