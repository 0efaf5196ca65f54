/** A request to a web server, as its log tells of it. */
export interface WebRequest {
  /** Path and query as they were sent, percent signs and all. */
  readonly target: string;
  readonly userAgent: string;
}

/** What somebody was looking for: a rule of ours, and a word for what gave it away. */
export interface Probe {
  readonly id: string;
  readonly name: string;
  readonly found: string;
}

/**
 * Whether a request looks for a way in, and by what it shows; `undefined` for all others.
 *
 * Of several that fit, the one that tells most is named: an injection before the scanner that tries it. Each
 * is a precursor, however it was answered.
 *
 * @source NIST SP 800-61r2 §3.2.2: *web server log entries that show the usage of a vulnerability scanner*
 */
export function recogniseProbe({ target, userAgent }: WebRequest): Probe | undefined {
  const asked = plain(target.slice(0, TARGET_MAX));
  const agent = userAgent.slice(0, AGENT_MAX).toLowerCase();
  for (const { id, name, of, pattern } of RULES) {
    const found = pattern.exec(of === "agent" ? agent : asked)?.[0];
    if (found !== undefined) return { id, name, found: found.trim().slice(0, 60) };
  }
  return undefined;
}

const TARGET_MAX = 8192;
const AGENT_MAX = 1024;

/** In small letters, with percent signs read twice, since a server behind another one does. */
function plain(target: string): string {
  return unescaped(unescaped(target.toLowerCase().replaceAll("+", " ")));
}

function unescaped(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** Every pattern runs in one pass over the text: none nests one repetition in another. */
const RULES: readonly {
  readonly id: string;
  readonly name: string;
  readonly of: "asked" | "agent";
  readonly pattern: RegExp;
}[] = [
  {
    id: "web:sql-injection",
    name: "SQL injection was tried",
    of: "asked",
    pattern:
      /information_schema|union (?:all )?select|,null,null|\|\|chr\(|select ?(?:char\(|.{1,40} from )|\b(?:benchmark|load_file|pg_sleep|sleep|substr|substring|distinct|upper|hex|md5|concat|extractvalue|updatexml|waitfor delay)\(|waitfor delay|' ?or ?'?1'? ?= ?'?1|;(?:drop|insert|delete) /,
  },
  {
    id: "web:path-traversal",
    name: "A path out of the web root was tried",
    of: "asked",
    pattern:
      /(?:\.\.|%2e%2e)[/\\](?:\.\.|%2e%2e)[/\\]|\.\.[/\\](?:etc|windows|bin|proc|boot\.ini)|\/\.%2e\/|\/etc\/(?:passwd|shadow|hosts)\b|win\.ini\b|\/proc\/self\//,
  },
  {
    id: "web:code-injection",
    name: "Running code was tried",
    of: "asked",
    pattern:
      /\$\{jndi:|\(\) ?\{ ?:; ?\}|<script[\s>]|php:\/\/(?:input|filter)|allow_url_include|\/cgi-bin\/.{0,80}\/bin\/(?:ba)?sh|(?:;|\||`|\$\()(?:wget|curl|chmod|nc|bash) |invokefunction&function=/,
  },
  {
    id: "web:scanner",
    name: "A scanner was at work",
    of: "agent",
    pattern:
      /nikto|sqlmap|nmap scripting|masscan|zgrab|nessus|openvas|acunetix|netsparker|w3af|dirbuster|gobuster|feroxbuster|\bffuf\b|wfuzz|wpscan|joomscan|nuclei|arachni|skipfish|whatweb|jaeles|burp ?suite|havij|zmeu|morfeus|jorgee|libwww-perl|commix|fimap|l9explore|l9tcpid|censysinspect|expanse|internetmeasurement|paloaltonetworks|zmap|hydra|sipvicious|friendly-scanner|muieblackcat|w00tw00t|blackwidow|paros|webshag|vega\//,
  },
  {
    id: "web:sensitive-file",
    name: "A file that gives secrets away was asked for",
    of: "asked",
    pattern:
      /\/\.(?:env|git|svn|hg|aws|ssh|htpasswd|htaccess|ds_store|npmrc|dockerenv|vscode|idea)(?:\b|\/)|\/(?:id_rsa|wp-config\.php|web\.config|config\.(?:ya?ml|json|inc|bak)|credentials|secrets?\.(?:ya?ml|json)|database\.(?:sql|ya?ml)|dump\.sql|backup\.(?:sql|zip|tar)|phpinfo\.php|server-status|\.bash_history)(?:\W|$)|\.(?:sql|bak|old|swp|pem)(?:\.gz)?$/,
  },
  {
    id: "web:admin-interface",
    name: "An administrative interface was looked for",
    of: "asked",
    pattern:
      /\/(?:php-?my-?admin|pma|myadmin|mysqladmin|adminer|phppgadmin|sqlitemanager|administrator|admin\.php|wp-login\.php|wp-admin|xmlrpc\.php|manager\/html|host-manager|jmx-console|web-console|solr\/admin|actuator|jenkins|hudson|boaform|hnap1|cgi-bin\/luci|remote\/login|owa\/auth|ecp\/|autodiscover\/autodiscover|_ignition|telescope\/requests|vendor\/phpunit|w00tw00t|muieblackcat)|\/ ?cscoe ?\/|\/\+cscoe\+\/|\/(?:global-protect|dana-na|vpn\/index\.html|sslvpn|logon\/logonpoint)/,
  },
];
