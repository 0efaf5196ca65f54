/** The pictures in use, each from its own module so that the others never enter the build. */
export { default as BookUser } from "lucide-react/icons/book-user";
export { default as Check } from "lucide-react/icons/check";
export { default as CircleCheck } from "lucide-react/icons/circle-check";
export { default as Copy } from "lucide-react/icons/copy";
export { default as FileUp } from "lucide-react/icons/file-up";
export { default as Fingerprint } from "lucide-react/icons/fingerprint-pattern";
export { default as Info } from "lucide-react/icons/info";
export { default as LogOut } from "lucide-react/icons/log-out";
export { default as Printer } from "lucide-react/icons/printer";
export { default as Scale } from "lucide-react/icons/scale";
export { default as Search } from "lucide-react/icons/search";
export { default as Server } from "lucide-react/icons/server";
export { default as Siren } from "lucide-react/icons/siren";
export { default as Timer } from "lucide-react/icons/timer";
export { default as TriangleAlert } from "lucide-react/icons/triangle-alert";
export { default as Users } from "lucide-react/icons/users";
export { default as X } from "lucide-react/icons/x";
