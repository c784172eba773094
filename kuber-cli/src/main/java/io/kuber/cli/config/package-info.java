/**
 * How the command line reaches a cluster: the kubeconfig and a connection made from it. Start at
 * {@link io.kuber.cli.config.ApiConnection}.
 */
@NullMarked
package io.kuber.cli.config;

import org.jspecify.annotations.NullMarked;
