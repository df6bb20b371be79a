// In a user interface what performs or chooses counts, not what shows.
import { useMutation } from "@tanstack/react-query";
import { api } from "../api";

export function CancelPlan({ plan }) {
  const offer = chooseSpecialOffer(plan); //~ area payments
  return <Offer offer={offer} />;
}

export function DisputeForm({ dispute }) {
  const save = async (values) => {
    await update.mutateAsync({ dispute_threshold: values.threshold }); //~ area payments
  };
  return <form onSubmit={save} />;
}

export function InvoiceList({ invoices }) {
  return (
    <ul>
      {invoices.map((invoice) => (
        <li key={invoice.id}>{invoice.total}</li>
      ))}
    </ul>
  );
}

export function BillingAddress({ customer }) {
  const address = customer.defaultPaymentMethod?.billingDetails?.address;
  return <p>{address?.line1}</p>;
}

export function PayForm({ stripe, elements }) {
  const pay = async () => {
    const { error, token } = await stripe.createConfirmationToken({ elements }); //~ area payments:critical
    if (!error) {
      await stripe.handleNextAction({ clientSecret: token.secret }); //~ area payments:critical
    }
  };
  const shown = stripe.elements({ mode: "payment" });
  return <button onClick={pay}>{shown.label}</button>;
}
