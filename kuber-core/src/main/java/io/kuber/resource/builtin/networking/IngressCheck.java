package io.kuber.resource.builtin.networking;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;

/** What may stand in the rules of an Ingress (pkg/apis/networking/validation). */
final class IngressCheck {
  private static final List<String> FORBIDDEN_PARTS = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> FORBIDDEN_ENDS = List.of("/..", "/.");
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");

  private IngressCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    if (spec.has("defaultBackend")) {
      checkBackend(path.child("defaultBackend"), spec.tree("defaultBackend"), problems);
    }
    List<Tree> rules = spec.items("rules").trees();
    for (int i = 0; i < rules.size(); i++) {
      checkRule(path.child("rules").index(i), rules.get(i), problems);
    }
    List<Tree> tls = spec.items("tls").trees();
    for (int i = 0; i < tls.size(); i++) {
      checkTls(path.child("tls").index(i), tls.get(i), problems);
    }
    Texts.checkFormIfPresent(path, spec, "ingressClassName", Names.SUBDOMAIN, problems);
  }

  /** Reports a host that is an address. */
  static void checkIsNoAddress(FieldPath field, String host, Problems problems) {
    if (Addresses.is(host)) {
      problems.invalid(field, host, "must be a DNS name, not an IP address");
    }
  }

  private static void checkHost(FieldPath field, String host, Problems problems) {
    (host.contains("*") ? Names.WILDCARD : Names.SUBDOMAIN).check(field, host, problems);
  }

  private static void checkTls(FieldPath field, Tree tls, Problems problems) {
    List<String> hosts = tls.items("hosts").texts();
    for (int i = 0; i < hosts.size(); i++) {
      checkHost(field.child("hosts").index(i), hosts.get(i), problems);
    }
    Texts.checkForm(field, tls, "secretName", Names.SUBDOMAIN, problems);
  }

  private static void checkRule(FieldPath field, Tree rule, Problems problems) {
    String host = rule.text("host");
    if (!host.isEmpty()) {
      checkIsNoAddress(field.child("host"), host, problems);
      checkHost(field.child("host"), host, problems);
    }
    if (!rule.has("http")) {
      return;
    }
    FieldPath paths = field.child("http", "paths");
    List<Tree> entries = rule.items("http", "paths").trees();
    if (entries.isEmpty()) {
      problems.required(paths, "");
    }
    for (int i = 0; i < entries.size(); i++) {
      checkPath(paths.index(i), entries.get(i), problems);
    }
  }

  private static void checkPath(FieldPath field, Tree entry, Problems problems) {
    if (!entry.has("pathType")) {
      problems.required(field.child("pathType"), "pathType must be specified");
      return;
    }
    String path = entry.text("path");
    boolean exact = entry.text("pathType").matches("Exact|Prefix");
    Texts.checkOneOf(field, entry, "pathType", PATH_TYPES, problems);
    if (PATH_TYPES.contains(entry.text("pathType"))
        && !path.startsWith("/")
        && (exact || !path.isEmpty())) {
      problems.invalid(field.child("path"), path, "must be an absolute path");
    }
    if (exact) {
      checkParts(field.child("path"), path, problems);
    }
    checkBackend(field.child("backend"), entry.tree("backend"), problems);
  }

  private static void checkParts(FieldPath field, String path, Problems problems) {
    for (String part : FORBIDDEN_PARTS) {
      if (path.contains(part)) {
        problems.invalid(field, path, "must not contain '" + part + "'");
      }
    }
    for (String end : FORBIDDEN_ENDS) {
      if (path.endsWith(end)) {
        problems.invalid(field, path, "cannot end with '" + end + "'");
      }
    }
  }

  private static void checkBackend(FieldPath field, Tree backend, Problems problems) {
    if (backend.has("resource") && backend.has("service")) {
      problems.invalid(field, "", "cannot set both resource and service backends");
    } else if (backend.has("resource")) {
      checkResource(field.child("resource"), backend.tree("resource"), problems);
    } else if (backend.has("service")) {
      checkService(field, backend.tree("service"), problems);
    } else {
      problems.invalid(field, "", "resource or service backend is required");
    }
  }

  private static void checkResource(FieldPath field, Tree resource, Problems problems) {
    Texts.checkFormIfPresent(field, resource, "apiGroup", Names.SUBDOMAIN, problems);
    Texts.checkSet(field, resource, "kind", NameForm.PATH_SEGMENT, problems);
    Texts.checkSet(field, resource, "name", NameForm.PATH_SEGMENT, problems);
  }

  private static void checkService(FieldPath field, Tree service, Problems problems) {
    FieldPath path = field.child("service");
    Texts.checkSet(path, service, "name", Names.LABEL, problems);
    String name = service.text("port", "name");
    long number = service.number(0, "port", "number");
    if (!name.isEmpty() && number != 0) {
      problems.invalid(field, "", "cannot set both port name & port number");
    } else if (!name.isEmpty()) {
      Numbers.checkPortName(path.child("port", "name"), name, problems);
    } else if (number != 0) {
      Numbers.checkPort(path.child("port", "number"), number, problems);
    } else {
      problems.required(field, "port name or number is required");
    }
  }
}
