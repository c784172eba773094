package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new pod the service account under which it acts, that account's token and its secrets for
 * pulling images (plugin/pkg/admission/serviceaccount).
 *
 * <p>A pod may come before the account {@code default} of a new namespace does, which controllers
 * make. Upstream waits a second for it and then refuses the pod; here the pod gets at once what the
 * account will have once it comes, its token, and the node waits for that. Where nobody makes such
 * accounts, as {@code kube-system} has none either, the pod runs without a token.
 */
final class PodIdentity implements Admission {
  private static final String DEFAULT = "default";
  private static final String AUTOMOUNT = "automountServiceAccountToken";
  private static final String PULL_SECRETS = "imagePullSecrets";

  /** What a node runs of its own shows here and acts as nobody. */
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private static final String SYSTEM = "kube-system";

  /** An account as controllers make it says nothing of tokens, nor of secrets. */
  private static final KubeObject NEW_ACCOUNT = KubeObject.of(Tree.EMPTY);

  private final Loops loops;

  PodIdentity(Loops loops) {
    this.loops = loops;
  }

  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.PODS)) {
      return pod;
    }
    if (pod.annotations().containsKey(MIRROR)) {
      return pod;
    }
    KubeObject named =
        pod.spec().text("serviceAccountName").isEmpty()
            ? pod.with(DEFAULT, "spec", "serviceAccountName")
                .with(DEFAULT, "spec", "serviceAccount")
            : pod;
    KubeObject account = account(named, request.image());
    if (account == null) {
      return comesLater(request.image()) ? withToken(named, NEW_ACCOUNT) : named;
    }
    SecretRights.check(named, account);
    return withSecrets(withToken(named, account), account);
  }

  private static @Nullable KubeObject account(KubeObject pod, Image image) {
    String name = pod.spec().text("serviceAccountName");
    Stored stored = image.get(Resources.SERVICE_ACCOUNTS.key(pod.namespace(), name));
    if (stored == null && !name.equals(DEFAULT)) {
      throw Failures.forbidden(
          Resources.PODS,
          pod.name(),
          "error looking up service account "
              + pod.namespace()
              + "/"
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
    }
    return stored == null ? null : stored.object();
  }

  private static boolean comesLater(Image image) {
    return image.get(Resources.SERVICE_ACCOUNTS.key(SYSTEM, DEFAULT)) != null;
  }

  /** What the pod says of the token counts more than what the account says. */
  private KubeObject withToken(KubeObject pod, KubeObject account) {
    Object wanted =
        pod.spec().has(AUTOMOUNT) ? pod.spec().get(AUTOMOUNT) : account.tree().get(AUTOMOUNT);
    return Boolean.FALSE.equals(wanted)
        ? pod
        : TokenVolume.mountedIn(pod, () -> loops.entropy().nameSuffix(TokenVolume.SUFFIX));
  }

  private static KubeObject withSecrets(KubeObject pod, KubeObject account) {
    Items secrets = account.tree().items(PULL_SECRETS);
    return secrets.isEmpty() || !pod.spec().items(PULL_SECRETS).isEmpty()
        ? pod
        : pod.with(secrets, "spec", PULL_SECRETS);
  }
}
