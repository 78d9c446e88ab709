/// Cards: what authors say of models and datasets. All of it is declared, none of it is known.
@NullMarked
package dev.vidimus.inventory.card;

import org.jspecify.annotations.NullMarked;
