package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.library.Authorization.Account;
import io.kuber.cel.library.Authorization.Asker;
import io.kuber.cel.library.Authorization.Decision;
import io.kuber.cel.library.Authorization.GroupCheck;
import io.kuber.cel.library.Authorization.PathCheck;
import io.kuber.cel.library.Authorization.ResourceCheck;
import io.kuber.cel.value.CelFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Questions to the authorizer (apiserver, pkg/cel/library/authz.go). */
final class AuthorizationLibrary {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern NAMESPACE = Pattern.compile(LABEL);
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int LONGEST_NAMESPACE = 63;
  private static final int LONGEST_NAME = 253;

  private static final String OF = "kubernetes.authorization.";
  private static final String TO_RESOURCE = OF + "ResourceCheck, string -> " + OF + "ResourceCheck";
  private static final String TO_DECISION = ", string -> " + OF + "Decision";

  private AuthorizationLibrary() {}

  static List<Overload> overloads() {
    return List.of(
        member(
            "path",
            "authorizer_path",
            OF + "Authorizer, string -> " + OF + "PathCheck",
            (args, m) -> new PathCheck((Asker) args[0], given("path", args[1]))),
        member(
            "group",
            "authorizer_group",
            OF + "Authorizer, string -> " + OF + "GroupCheck",
            (args, m) -> new GroupCheck((Asker) args[0], (String) args[1])),
        member(
            "serviceAccount",
            "authorizer_serviceaccount",
            OF + "Authorizer, string, string -> " + OF + "Authorizer",
            (args, m) ->
                new Asker(
                    ((Asker) args[0]).authority(),
                    Optional.of(account((String) args[1], (String) args[2])))),
        member(
            "resource",
            "groupcheck_resource",
            OF + "GroupCheck, string -> " + OF + "ResourceCheck",
            (args, m) -> {
              GroupCheck group = (GroupCheck) args[0];
              return new ResourceCheck(group.asker(), group.group(), given("resource", args[1]));
            }),
        member(
            "subresource",
            "resourcecheck_subresource",
            TO_RESOURCE,
            (args, m) -> ((ResourceCheck) args[0]).ofSubresource((String) args[1])),
        member(
            "namespace",
            "resourcecheck_namespace",
            TO_RESOURCE,
            (args, m) -> ((ResourceCheck) args[0]).in((String) args[1])),
        member(
            "name",
            "resourcecheck_name",
            TO_RESOURCE,
            (args, m) -> ((ResourceCheck) args[0]).named((String) args[1])),
        member(
            "fieldSelector",
            "authorizer_fieldselector",
            TO_RESOURCE,
            (args, m) -> ((ResourceCheck) args[0]).where(fixed((String) args[1]))),
        member("labelSelector", "authorizer_labelselector", TO_RESOURCE, (args, m) -> args[0]),
        member(
            "check",
            "pathcheck_check",
            OF + "PathCheck" + TO_DECISION,
            (args, m) -> {
              PathCheck path = (PathCheck) args[0];
              Asker asker = path.asker();
              return asker.authority().check(asker.account(), path, (String) args[1]);
            }),
        member(
            "check",
            "resourcecheck_check",
            OF + "ResourceCheck" + TO_DECISION,
            (args, m) -> {
              ResourceCheck resource = (ResourceCheck) args[0];
              Asker asker = resource.asker();
              return asker.authority().check(asker.account(), resource, (String) args[1]);
            }),
        member(
            "allowed",
            "decision_allowed",
            OF + "Decision -> bool",
            (args, m) -> ((Decision) args[0]).isAllowed()),
        member(
            "reason",
            "decision_reason",
            OF + "Decision -> string",
            (args, m) -> ((Decision) args[0]).reason()),
        member("errored", "decision_errored", OF + "Decision -> bool", (args, m) -> false),
        member("error", "decision_error", OF + "Decision -> string", (args, m) -> ""));
  }

  private static String given(String what, Object text) {
    if (((String) text).isBlank()) {
      throw new CelFailure(what + " must not be empty");
    }
    return (String) text;
  }

  private static Account account(String namespace, String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new CelFailure("Invalid service account name");
    }
    if (namespace.length() > LONGEST_NAMESPACE || !NAMESPACE.matcher(namespace).matches()) {
      throw new CelFailure("Invalid service account namespace");
    }
    return new Account(namespace, name);
  }

  /** The fields that a selector fixes; none of one that cannot be read, as upstream. */
  private static Map<String, String> fixed(String selector) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String term : selector.split(",", -1)) {
      int equals = term.indexOf('=');
      if (equals <= 0) {
        return Map.of();
      }
      if (term.charAt(equals - 1) != '!') {
        fields.put(
            term.substring(0, equals).strip(),
            term.substring(equals + (term.startsWith("==", equals) ? 2 : 1)).strip());
      }
    }
    return fields;
  }
}
