#!/usr/bin/env python3
"""Makes land.json from Natural Earth: python3 make.py countries-10m.json > land.json

The input is countries-10m.json of the npm package world-atlas 2.0.2, which is Natural Earth's 1:10m admin 0 countries
(public domain) as TopoJSON. The output has rings of land and lines of borders in thousandths of a degree, each point as
the step from the one before. Lines lose points by the area rule of Visvalingam and Whyatt: few within the corridor's
box, many outside it, where only an outline is wanted. Arcs are made simpler before they are joined, so that coasts and
borders still meet.
"""
import heapq
import json
import sys

BOX = (18.0, 30.0, 112.0, 60.0)  # degrees east, north, east, north
FINE, COARSE = 3e-4, 3e-2  # square degrees of the least triangle that stays
LEAST_RING_FINE, LEAST_RING_COARSE = 2e-3, 0.15
# What Natural Earth keeps apart and a map of freight does not: no line is drawn around these.
NO_LINE_AROUND = {"Baikonur", "Siachen Glacier", "Cyprus U.N. Buffer Zone", "N. Cyprus", "Somaliland"}
# No line is drawn across the isthmus of Perekop either.
NO_LINE_BETWEEN = [({"Russia", "Ukraine"}, (33.0, 45.7, 35.2, 46.3))]


def main(path):
    world = json.load(open(path))
    arcs = [decoded(arc, world["transform"]) for arc in world["arcs"]]
    users = {}
    for country in world["objects"]["countries"]["geometries"]:
        for ring in rings_of(country):
            for arc in ring:
                users.setdefault(arc if arc >= 0 else ~arc, []).append((country["properties"]["name"], arc))
    simple = [simplified(arc) for arc in arcs]
    coasts = [used[0][1] for used in users.values() if len(used) == 1]
    land = [ring for ring in joined(coasts, simple) if is_large(ring)]
    borders = [simple[arc] for arc, used in users.items() if len(used) == 2 and is_drawn(used, arcs[arc])]
    print(json.dumps({"land": [steps(ring) for ring in land], "borders": [steps(line) for line in borders]},
                     separators=(",", ":")))


def decoded(arc, transform):
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * transform["scale"][0] + transform["translate"][0],
                       y * transform["scale"][1] + transform["translate"][1]))
    return points


def rings_of(country):
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def is_within(point, box=BOX):
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def area(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplified(points):
    """Points whose triangle with their neighbours is small go, the smallest first; both ends stay."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    is_gone = [False] * len(points)

    def weight(at):
        small = FINE if is_within(points[at]) else COARSE
        return area(points[before[at]], points[at], points[after[at]]) / small

    heap = [(weight(at), at) for at in range(1, len(points) - 1)]
    heapq.heapify(heap)
    while heap:
        least, at = heapq.heappop(heap)
        if is_gone[at] or least != weight(at):
            continue
        if least >= 1.0:
            break
        is_gone[at] = True
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if 0 < near < len(points) - 1:
                heapq.heappush(heap, (weight(near), near))
    return [point for at, point in enumerate(points) if not is_gone[at]]


def joined(arcs, points):
    """Closed rings of arcs that each belong to one country."""
    starts, rings = {}, []
    for arc in arcs:
        line = points[arc] if arc >= 0 else points[~arc][::-1]
        starts.setdefault(line[0], []).append(line)
    while starts:
        first = next(iter(starts))
        ring = [first]
        while ring[-1] in starts:
            lines = starts[ring[-1]]
            line = lines.pop()
            if not lines:
                del starts[ring[-1]]
            ring += line[1:]
            if ring[-1] == first:
                break
        rings.append(ring)
    return rings


def is_large(ring):
    size = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))) / 2
    return len(ring) > 3 and size > (LEAST_RING_FINE if any(map(is_within, ring)) else LEAST_RING_COARSE)


def is_drawn(used, points):
    names = {name for name, _ in used}
    is_between = any(names == pair and is_within(points[0], box) for pair, box in NO_LINE_BETWEEN)
    return not names & NO_LINE_AROUND and len(names) == 2 and not is_between


def steps(points):
    """Thousandths of a degree, the first from nought, each other from the one before."""
    x = y = 0
    numbers = []
    for point in points:
        to_x, to_y = round(point[0] * 1000), round(point[1] * 1000)
        if numbers and (to_x, to_y) == (x, y):
            continue
        numbers += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return numbers


if __name__ == "__main__":
    main(sys.argv[1])
