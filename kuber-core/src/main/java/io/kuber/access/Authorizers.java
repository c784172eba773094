package io.kuber.access;

import java.util.List;

/**
 * Several authorizers as one: the first that allows a deed decides, and what none allows is refused
 * for the reasons of all (apiserver, pkg/authorization/union).
 */
public record Authorizers(List<Authorizer> all) implements Authorizer {
  /** Copies the list. */
  public Authorizers {
    all = List.copyOf(all);
  }

  @Override
  public Ruling rule(User user, Deed deed) {
    Ruling last = Ruling.refuse("");
    for (Authorizer each : all) {
      Ruling ruling = each.rule(user, deed);
      if (ruling.allowed()) {
        return ruling;
      }
      last = last.reason().isEmpty() ? ruling : last.or(ruling);
    }
    return last;
  }

  @Override
  public Rights rights(User user, String namespace) {
    return all.stream().map(each -> each.rights(user, namespace)).reduce(Rights.NONE, Rights::and);
  }
}
