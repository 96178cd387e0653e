import type { Meter } from '../../aws/usage';

/** As it stands in the fields. */
export interface Entered {
  readonly price: string;
  readonly per: string;
}

/** What is sent of the fields: a meter whose price is empty has none. */
export function enteredPrices(
  meters: readonly Meter[],
  of: (meter: Meter) => Entered,
): { readonly meter: string; readonly price: number; readonly per: number }[] {
  return meters.flatMap((meter) => {
    const { price, per } = of(meter);
    return price.trim() === '' ? [] : [{ meter: meter.meter, price: Number(price), per: per.trim() === '' ? meter.usualPer : Number(per) }];
  });
}
