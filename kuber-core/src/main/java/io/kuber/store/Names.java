package io.kuber.store;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;

/**
 * One string per resource and namespace instead of one per object read back. Weak: the name of a
 * namespace that is gone is forgotten.
 */
final class Names {
  private static final Interner<String> SHARED = Interners.newWeakInterner();

  private Names() {}

  static String shared(String name) {
    return SHARED.intern(name);
  }
}
