import * as z from "zod";

/**
 * What has to be proved before a host may return, in the order in which it is done.
 *
 * @source CERT/CC, *Dealing with External Computer Security Incidents*: reinstall from master copies, only the
 *         intended services, patches, data restored with caution, passwords, security tools, logging, intrusion
 *         detection, firewalls, then reconnect; NIST SP 800-61r2 §3.3.4
 */
export const GATES = [
  "imaged",
  "rebuilt",
  "integrity",
  "services",
  "patched",
  "data_restored",
  "passwords",
  "security_tools",
  "logging",
  "intrusion_detection",
  "firewall",
  "monitored",
] as const;
export const GateId = z.enum(GATES);
export type GateId = z.infer<typeof GateId>;

/** What a gate is called, what proves it, and what its proof has to name. */
export interface GateText {
  readonly title: string;
  /** What has to be true, as one would ask for it on the telephone. */
  readonly needs: string;
  /** What every proof of this gate has to name; `null` when it need not name anything. */
  readonly names: string | null;
}

/** The words of each gate. */
export const GATE_TEXTS: Readonly<Record<GateId, GateText>> = {
  imaged: {
    title: "Imaged",
    needs: "Disk and memory were copied before anything on the host was changed.",
    names: null,
  },
  rebuilt: {
    title: "Rebuilt",
    needs: "The system was installed anew from a reviewed master copy or from its maker's own media.",
    names: "Master copy and its version",
  },
  integrity: {
    title: "Integrity",
    needs: "The rebuilt system was compared with the master copy, and every difference is explained.",
    names: "Master copy and its version",
  },
  services: {
    title: "Services",
    needs:
      "Only the intended services run, their configuration was checked, and only the intended hosts reach them.",
    names: null,
  },
  patched: {
    title: "Patched",
    needs: "All of the vendors' patches are in, and their advisories were consulted.",
    names: null,
  },
  data_restored: {
    title: "Data restored",
    needs: "Data came from a point before the compromise and was scanned before it was used.",
    names: "Restore point",
  },
  passwords: {
    title: "Passwords",
    needs: "Every password and key that was on the host, or used from it, was changed.",
    names: null,
  },
  security_tools: {
    title: "Security tools",
    needs: "The security tools are installed, current and running, and the master copy has them too.",
    names: null,
  },
  logging: {
    title: "Logging",
    needs: "Logging, auditing and accounting are on, reach another host, and somebody reads them.",
    names: null,
  },
  intrusion_detection: {
    title: "Intrusion detection",
    needs: "The intrusion detection knows what this incident looked like.",
    names: null,
  },
  firewall: {
    title: "Firewall",
    needs: "The firewall lets through what the host needs and nothing else.",
    names: null,
  },
  monitored: {
    title: "Monitored",
    needs: "Closer watching is set up for its return: what is watched, how often, and by whom.",
    names: null,
  },
};
