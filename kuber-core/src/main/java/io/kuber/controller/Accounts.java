package io.kuber.controller;

import static java.util.Map.entry;

import io.kuber.access.User;
import io.kuber.reconcile.Clients;
import java.util.Map;

/**
 * As whom each controller acts: as the service account in {@code kube-system} that it has in
 * Kubernetes (cmd/kube-controller-manager/app, the client builders), whose rights are those of
 * {@code system:controller:} and its name.
 */
final class Accounts {
  private static final String NAMESPACE = "kube-system";

  /** Controllers whose accounts have other names than they. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("certificatesigningrequest-approving-controller", "certificate-controller"),
          entry("certificatesigningrequest-cleaner-controller", "certificate-controller"),
          entry("certificatesigningrequest-signing-controller", "certificate-controller"),
          entry("daemonset-controller", "daemon-set-controller"),
          entry("disrupted-pod-controller", "disruption-controller"),
          entry("endpoint-slice-controller", "endpointslice-controller"),
          entry("endpoint-slice-mirroring-controller", "endpointslicemirroring-controller"),
          entry("garbage-collector-controller", "generic-garbage-collector"),
          entry("node-ipam-controller", "node-controller"),
          entry("pod-garbage-collector-controller", "pod-garbage-collector"),
          entry("root-ca-certificate-publisher-controller", "root-ca-cert-publisher"),
          entry("service-cidr-controller", "service-cidrs-controller"),
          entry("service-lb-controller", "service-controller"),
          entry("taint-eviction-controller", "node-controller"));

  /** The API server itself sees to definitions, and may do all with what they define. */
  private static final String DEFINITIONS = "customresourcedefinition-controller";

  private static final String CLEANUP = "customresource-cleanup-controller";

  /** It registers what it serves, too. */
  private static final String REGISTRATION = "autoregister-controller";

  /** Who gives away addresses keeps the list of them, too. */
  private static final String ADDRESSES = "ipallocator-repair-controller";

  /** Whoever makes the tokens of accounts has none, and acts as the program that he is part of. */
  private static final String TOKENS = "tokens-controller";

  private Accounts() {}

  /** The user as whom the controller of that name acts. */
  static User of(String controller) {
    return switch (controller) {
      case Clients.NOBODY, TOKENS -> User.known("system:kube-controller-manager");
      case DEFINITIONS, CLEANUP, REGISTRATION, ADDRESSES -> User.system("system:apiserver");
      default ->
          User.serviceAccount(NAMESPACE, NAMES.getOrDefault(controller, controller), "", Map.of());
    };
  }
}
