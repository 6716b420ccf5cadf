import type { ReportRequest } from "../../bindings/ReportRequest";

const REMEMBERED = "change-ledger.report-names";

interface Names {
  organisation: string;
  preparedBy: string;
  reviewedBy: string;
}

function remembered(): Names {
  const none: Names = { organisation: "", preparedBy: "", reviewedBy: "" };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    if (typeof kept !== "object" || kept === null) return none;
    const text = (name: keyof Names) => {
      const value = (kept as Partial<Record<keyof Names, unknown>>)[name];
      return typeof value === "string" ? value : "";
    };
    return { organisation: text("organisation"), preparedBy: text("preparedBy"), reviewedBy: text("reviewedBy") };
  } catch {
    return none;
  }
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** What a person fills in before a report is issued; the names are remembered on this machine. */
export class ReportDraft {
  organisation = $state("");
  preparedBy = $state("");
  reviewedBy = $state("");
  draft = $state(false);

  constructor() {
    const names = remembered();
    this.organisation = names.organisation;
    this.preparedBy = names.preparedBy;
    this.reviewedBy = names.reviewedBy;
  }

  /** Remembers the names. */
  remember(): void {
    const { organisation, preparedBy, reviewedBy } = this;
    localStorage.setItem(REMEMBERED, JSON.stringify({ organisation, preparedBy, reviewedBy }));
  }

  /** The request for a quarter's report. */
  request(quarter: string): ReportRequest {
    return {
      quarter,
      organisation: orNull(this.organisation),
      prepared_by: orNull(this.preparedBy),
      reviewed_by: orNull(this.reviewedBy),
      draft: this.draft,
    };
  }
}
