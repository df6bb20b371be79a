import { SplitTreatments, useSplitTreatments } from "@splitsoftware/splitio-react";

export function Page() {
  const { treatments } = useSplitTreatments({ names: ["new_page"] }); //~ flag split new_page
  return (
    <SplitTreatments names={["nav"]}> {/*~ flag split nav component */}
      {() => treatments.new_page.treatment}
    </SplitTreatments>
  );
}
