package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateWish;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The signers of Kubernetes and what each of them grants (pkg/controller/certificates/signer,
 * pkg/apis/certificates/helpers.go). All sign with the cluster's authority.
 */
enum Signer {
  /** Clients of the API server. */
  CLIENT("kube-apiserver-client", SignerRules::client),
  /** Nodes, as clients of the API server. */
  NODE_CLIENT("kube-apiserver-client-kubelet", SignerRules::nodeClient),
  /** Nodes, as servers. */
  NODE_SERVER("kubelet-serving", SignerRules::nodeServer),
  /** Whatever {@code v1beta1} was asked for, such as a webhook's certificate. */
  LEGACY("legacy-unknown", (wish, usages) -> Optional.empty());

  private static final String DOMAIN = "kubernetes.io/";

  private final String signerName;
  private final BiFunction<CertificateWish, Set<String>, Optional<String>> rule;

  Signer(String path, BiFunction<CertificateWish, Set<String>, Optional<String>> rule) {
    this.signerName = DOMAIN + path;
    this.rule = rule;
  }

  /** The signer of that name; empty where it is somebody else's. */
  static Optional<Signer> named(String name) {
    return Arrays.stream(values()).filter(signer -> signer.signerName.equals(name)).findFirst();
  }

  /** Why a wish is not granted, in the words of Kubernetes; empty when it is. */
  Optional<String> refusal(CertificateWish wish, Set<String> usages) {
    return rule.apply(wish, usages);
  }
}
