import { Link } from "@tanstack/react-router";
import { useNowAnswer } from "../../api/queries.ts";
import { useNow } from "../../shell/now.ts";
import { buttonLooks } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ROLE_WORDS } from "../people/role-words.ts";

/** In whose name this person acts now, and for how long. Nothing for who has their own roles alone. */
export function ActingOnNow() {
  const { borrowed } = useNowAnswer().person;
  const now = useNow();
  const acting = borrowed.filter((each) => Date.parse(each.untilAt) > now);
  if (acting.length === 0) return null;
  return (
    <div className="now-wide">
      {acting.map(({ delegation, role, lenderName, untilAt }) => (
        <Notice
          key={delegation}
          tone="info"
          title={`You act as ${ROLE_WORDS[role].toLowerCase()} for ${lenderName}`}
          verb={
            <Link to="/profile" className={buttonLooks({ weight: "quiet" })}>
              Who stands in
            </Link>
          }
        >
          Until <Moment at={untilAt} />. What you do in this time stands under your own name.
        </Notice>
      ))}
    </div>
  );
}
