package io.kuber.quota;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the quotas of one namespace: what an image shows, less what was charged since.
 *
 * <p>What is used is counted from the objects, not read from the status of a quota, which may be
 * behind. What was charged only holds if it is written together with {@link #statuses}, on
 * condition that no quota has changed since. Belongs to one thread.
 */
public final class Ledger {
  private final List<Account> accounts = new ArrayList<>();
  private final Instant now;

  /** The quotas of a namespace as the image shows them, and nothing charged yet. */
  public Ledger(Image image, String namespace, Instant now) {
    this.now = now;
    image
        .scan(Resources.RESOURCE_QUOTAS.qualifiedName(), namespace, null)
        .forEachRemaining(quota -> accounts.add(new Account(image, quota)));
  }

  /**
   * A quota whose status has to change.
   *
   * @param before what the image shows
   * @param after the same with what is used then
   */
  public record Status(Stored before, KubeObject after) {}

  /** Whether the write uses anything that one of the quotas limits. */
  public boolean limits(ResourceType type, @Nullable KubeObject before, KubeObject after) {
    ResourceAmounts asked = asked(type, before, after);
    return accounts.stream().anyMatch(account -> account.isFor(type, before, after, asked));
  }

  /**
   * Charges a write.
   *
   * @param before the object that there is, null for a creation
   * @return why it must not be, in which case nothing is charged; empty when it is
   */
  public Optional<String> charge(ResourceType type, @Nullable KubeObject before, KubeObject after) {
    ResourceAmounts asked = asked(type, before, after);
    List<Account> concerned =
        accounts.stream().filter(account -> account.isFor(type, before, after, asked)).toList();
    for (Account account : concerned) {
      Optional<String> refusal = account.refusal(type, before, after, asked, now);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    concerned.forEach(account -> account.charge(type, asked, now));
    return Optional.empty();
  }

  /** What an update uses more than before; what it uses less is free when it is written. */
  private ResourceAmounts asked(ResourceType type, @Nullable KubeObject before, KubeObject after) {
    ResourceAmounts asked = Usage.of(type, after, now);
    return before == null ? asked : asked.above(Usage.of(type, before, now));
  }

  /** The quotas that were charged. */
  public List<Status> statuses() {
    return accounts.stream().filter(Account::isCharged).map(Account::status).toList();
  }
}
