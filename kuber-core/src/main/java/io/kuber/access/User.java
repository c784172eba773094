package io.kuber.access;

import static java.util.Collections.unmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who sends a request.
 *
 * @param name such as {@code system:node:laptop}
 * @param uid of the account behind the name; empty without one
 * @param groups such as {@code system:masters}
 * @param extra what else is known, such as the id of the credentials
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  /** The group whose members may do everything. */
  public static final String MASTERS = "system:masters";

  /** The group of everybody whose credentials hold. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** The group of all service accounts; those of a namespace have one more. */
  public static final String SERVICE_ACCOUNTS = "system:serviceaccounts";

  /** The group of all nodes. */
  public static final String NODES = "system:nodes";

  /** The group of everybody who shows no credentials. */
  public static final String UNAUTHENTICATED = "system:unauthenticated";

  /** Whoever shows no credentials. */
  public static final User ANONYMOUS = new User("system:anonymous", List.of(UNAUTHENTICATED));

  private static final String NODE = "system:node:";

  /** Copies the collections; what else is known is sorted. */
  public User {
    groups = List.copyOf(groups);
    extra = unmodifiableMap(new TreeMap<>(extra));
  }

  /** Somebody of whom only name and groups are known. */
  public User(String name, List<String> groups) {
    this(name, "", groups, Map.of());
  }

  /** A part of kuber itself that may do everything, such as what makes a new cluster. */
  public static User system(String name) {
    return new User(name, List.of(MASTERS, AUTHENTICATED));
  }

  /** Somebody who has what roles give, such as {@code system:kube-scheduler}. */
  public static User known(String name) {
    return new User(name, List.of(AUTHENTICATED));
  }

  /** A node. */
  public static User node(String name) {
    return new User(NODE + name, List.of(NODES, AUTHENTICATED));
  }

  /** Whether this is a node, one that has a name or one that has not. */
  public boolean isNode() {
    return name.startsWith(NODE) && groups.contains(NODES);
  }

  /** The name of the node that this is; empty where it has none (pkg/auth/nodeidentifier). */
  public String nodeName() {
    return isNode() ? name.substring(NODE.length()) : "";
  }

  /** A service account (apiserver, pkg/authentication/serviceaccount). */
  public static User serviceAccount(
      String namespace, String name, String uid, Map<String, List<String>> extra) {
    return new User(
        serviceAccountName(namespace, name),
        uid,
        List.of(SERVICE_ACCOUNTS, SERVICE_ACCOUNTS + ":" + namespace, AUTHENTICATED),
        extra);
  }

  /** What a service account is called as a user. */
  public static String serviceAccountName(String namespace, String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }
}
